import { Component, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

// What an issuing body sent back, said at the fields that it is about: {field: sentence} becomes a style of the form,
// so that it holds however often the fields are drawn anew.
function quoted(text) {
    const escaped = [...text].map((sign) =>
        /[\p{L}\p{N} .,;:()%/-]/u.test(sign) ? sign : `\\${sign.codePointAt(0).toString(16)} `
    );
    return `"${escaped.join("")}"`;
}

export class ReturnedFields extends Component {
    static template = xml`<style t-if="css" t-out="css"/>`;
    static props = { ...standardWidgetProps };

    get css() {
        const returned = this.props.record.data.returned_fields || {};
        return Object.entries(returned)
            .filter(([name]) => /^[a-z_]+$/.test(name))
            .map(
                ([name, sentence]) =>
                    `.o_rcep_certificate .o_field_widget[name=${name}]::after { content: ${quoted(sentence)}; }`
            )
            .join("\n");
    }
}

registry.category("view_widgets").add("rcep_returned_fields", {
    component: ReturnedFields,
    fieldDependencies: [{ name: "returned_fields", type: "json" }],
});
