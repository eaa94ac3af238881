import {BadgeField, badgeField} from "@web/views/fields/badge/badge_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** The verdict of a good on a line, with a sign and a sentence where the line's price is below the floor. */
export class OriginBadgeField extends BadgeField {
    static template = "rcep_eco.OriginBadgeField";

    get warning() {
        return this.props.record.data.rcep_price_warning || "";
    }

    get formattedValue() {
        return this.warning ? _t("Check") : super.formattedValue;
    }

    get badgeClass() {
        return this.warning ? "text-bg-warning" : super.badgeClass;
    }
}

registry.category("fields").add("rcep_origin_badge", {
    ...badgeField,
    component: OriginBadgeField,
    supportedTypes: ["selection"],
    fieldDependencies: [{name: "rcep_price_warning", type: "char"}],
});
