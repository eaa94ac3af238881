from . import consignee_page, documents_zip, forwarded_page, portal, signing_keys, supplier_page
