import { onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formView } from "@web/views/form/form_view";

// The form of a certificate changes by itself when somebody, or the issuing body, has moved it on.
export class CertificateFormController extends formView.Controller {
    setup() {
        super.setup();
        const bus = useService("bus_service");
        const changed = async ({ id }) => {
            const { root } = this.model; // none until it is loaded
            if (root?.resId === id && !(await root.isDirty())) {
                await root.load();
            }
        };
        bus.subscribe("rcep_eco.certificate", changed);
        onWillUnmount(() => bus.unsubscribe("rcep_eco.certificate", changed));
    }
}

registry.category("views").add("rcep_certificate_form", { ...formView, Controller: CertificateFormController });
