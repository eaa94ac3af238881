import {_t} from "@web/core/l10n/translation";

/** The action that shows the supplier declarations of some products, and the way to make one where it is one product. */
export function declarationsOf(productIds) {
    return {
        type: "ir.actions.act_window",
        name: _t("Supplier declarations"),
        res_model: "rcep.supplier.declaration",
        views: [
            [false, "list"],
            [false, "form"],
        ],
        domain: [["product_id", "in", productIds]],
        context: productIds.length === 1 ? {default_product_id: productIds[0]} : {},
    };
}
