import {Component, onWillStart, useState} from "@odoo/owl";
import {ControlPanel} from "@web/search/control_panel/control_panel";
import {KeepLast} from "@web/core/utils/concurrency";
import {ValueWaterfall} from "./value_waterfall";
import {_t} from "@web/core/l10n/translation";
import {declarationsOf} from "@rcep_eco/declarations/declarations";
import {parseFloat} from "@web/views/fields/parsers";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

const REPORT = "rcep_eco_mrp.report_origin_overview";
const VERDICT_COLOURS = {originating: "success", not_originating: "danger", unresolved: "warning"};
const STATUS_COLOURS = {
    originating: "text-bg-success",
    non_originating: "text-bg-danger",
    undetermined: "text-bg-warning",
    left_out: "text-bg-light border",
    looked_through: "text-bg-info",
};

/** The materials of one good as a tree, what each counts as, what decides, and what would mend it. */
export class OriginOverview extends Component {
    static template = "rcep_eco_mrp.OriginOverview";
    static components = {ControlPanel, ValueWaterfall};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.controlPanelDisplay = {};
        this.state = useState({
            data: null,
            productId: this.props.action.context.active_id,
            price: "",
            currency: null, // of the price to try: the company's own where none is chosen
            tried: false,
            unfolded: new Set(),
        });
        onWillStart(() => this.load());
    }

    // --- data

    async load() {
        const tried = [this.state.tried || null, this.state.currency];
        const args = [this.state.productId, user.activeCompany.id, ...tried];
        const data = await this.keepLast.add(this.orm.call(`report.${REPORT}`, "get_data", args));
        this.state.data = data;
        this.env.config.setDisplayName(_t("Origin of %s", data.product.name));
    }

    get data() {
        return this.state.data;
    }

    get verdictColour() {
        return VERDICT_COLOURS[this.data.verdict.verdict];
    }

    statusColour(line) {
        return STATUS_COLOURS[line.status];
    }

    /** The lines that are to be seen, one below another. */
    get rows() {
        const rows = [];
        const add = (lines, level) => {
            for (const line of lines) {
                rows.push({...line, level, open: this.state.unfolded.has(line.id)});
                if (line.children.length && this.state.unfolded.has(line.id)) {
                    add(line.children, level + 1);
                }
            }
        };
        add(this.data.lines, 0);
        return rows;
    }

    get foldable() {
        return this.foldableIds.length > 0;
    }

    get foldableIds() {
        const ids = [];
        const add = (lines) => {
            for (const line of lines) {
                if (line.children.length) {
                    ids.push(line.id);
                    add(line.children);
                }
            }
        };
        add(this.data.lines);
        return ids;
    }

    get allUnfolded() {
        return this.foldableIds.every((id) => this.state.unfolded.has(id));
    }

    get mending() {
        const {needs, tipping, verdict} = this.data;
        return needs.length || (tipping && tipping.length) || (verdict && verdict.short && verdict.floor);
    }

    // --- what the user does

    toggle(line) {
        if (line.children.length && !this.state.unfolded.delete(line.id)) {
            this.state.unfolded.add(line.id);
        }
    }

    toggleAll() {
        this.state.unfolded = new Set(this.allUnfolded ? [] : this.foldableIds);
    }

    /** A price is tried on the server, which writes nothing. */
    async tryPrice() {
        const typed = this.state.price.trim();
        try {
            this.state.tried = typed && String(parseFloat(typed));
        } catch {
            this.state.tried = typed; // The server says in a sentence what is wrong with it
        }
        await this.load();
    }

    async backToList() {
        this.state.price = "";
        this.state.currency = null;
        this.state.tried = false;
        await this.load();
    }

    async chooseVariant(id) {
        this.state.productId = Number(id);
        this.state.unfolded = new Set();
        await this.backToList();
    }

    print() {
        return this.action.doAction({
            type: "ir.actions.report",
            report_type: "qweb-pdf",
            report_name: REPORT,
            report_file: REPORT,
            data: {product_id: this.state.productId, company_id: this.data.company.id, fob: this.state.tried || "",
                currency: this.state.currency || ""},
            context: user.context,
        });
    }

    openProduct(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "product.product",
            res_id: id,
            views: [[this.data.product_view, "form"]], // on its page Origin
        });
    }

    /** A scenario of this good: other prices, suppliers, origins, code or work, beside today; of one line, that first. */
    async whatIf(line) {
        const args = [[this.data.product.id], line ? line.place : null];
        const action = await this.orm.call("product.product", "action_rcep_what_if", args);
        return this.action.doAction(action);
    }

    openScenario(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "rcep.scenario",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openScenarios() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("What if"),
            res_model: "rcep.scenario",
            domain: [["product_id", "=", this.data.product.id], ["kept", "=", true]],
            views: [[false, "list"], [false, "form"]],
        });
    }

    scenarioColour(scenario) {
        return VERDICT_COLOURS[scenario.verdict];
    }

    openVerdict() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "rcep.origin",
            res_id: this.data.stored.id,
            views: [[false, "form"]],
        });
    }

    /** The supplier declarations of these products, and the way to make one. */
    openDeclarations(ids) {
        return this.action.doAction(declarationsOf(ids));
    }

    /** Ask the suppliers of these products for declarations, and show what is asked. */
    async askSuppliers(ids) {
        const action = await this.orm.call("product.product", "action_rcep_ask_suppliers", [ids]);
        return this.action.doAction(action);
    }

    get tippingIds() {
        return this.data.tipping.map((each) => each.product_id).filter(Boolean);
    }
}

registry.category("actions").add("rcep_origin_overview", OriginOverview);
