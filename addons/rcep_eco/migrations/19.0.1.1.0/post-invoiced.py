"""Goods that were invoiced to a Party in the last year belong to the catalogue, whatever is known of them."""


def migrate(cr, version):
    cr.execute(
        """
        INSERT INTO rcep_origin (product_id, product_tmpl_id, company_id, stale)
        SELECT DISTINCT line.product_id, product.product_tmpl_id, move.company_id, TRUE
          FROM account_move_line line
          JOIN account_move move ON move.id = line.move_id
          JOIN res_company company ON company.id = move.company_id AND company.rcep_uscc IS NOT NULL
          JOIN res_partner own ON own.id = company.partner_id
          JOIN res_partner consignee ON consignee.id = COALESCE(move.partner_shipping_id, move.partner_id)
          JOIN rcep_party party ON party.country_id = consignee.country_id
          JOIN product_product product ON product.id = line.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id AND template.type = 'consu'
         WHERE move.state = 'posted' AND move.move_type = 'out_invoice' AND line.display_type = 'product'
           AND move.invoice_date > now() - interval '1 year' AND party.country_id IS DISTINCT FROM own.country_id
            ON CONFLICT (product_id, company_id) DO NOTHING
        """
    )
