import {Component, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {ControlPanel} from "@web/search/control_panel/control_panel";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {declarationsOf} from "../declarations/declarations";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

const POLL = 5000; // Milliseconds, while verdicts are being recomputed
const COLOURS = {
    originating: "success",
    not_originating: "danger",
    unresolved: "warning",
    problem: "muted",
    stale: "info",
};

/** The verdicts of a company on one screen: how many are what, what is close, what is missing and what waits for it. */
export class CatalogueBoard extends Component {
    static template = "rcep_eco.CatalogueBoard";
    static components = {ControlPanel};
    static props = {...standardActionServiceProps};
    static path = "origin-board";
    static displayName = _t("Board");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.controlPanelDisplay = {};
        this.state = useState({data: null, stale: 0});
        onWillStart(() => this.load());
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    // --- data

    async load() {
        this.state.data = await this.orm.call("rcep.origin", "get_board", [user.activeCompany.id]);
        this.state.stale = this.state.data.stale;
        this.watch();
    }

    /** Look again in a while, as long as something is being recomputed. */
    watch() {
        browser.clearTimeout(this.timer);
        if (this.state.stale) {
            this.timer = browser.setTimeout(() => this.look(), POLL);
        }
    }

    async look() {
        try {
            this.state.stale = await this.orm.silent.call("rcep.origin", "get_board_waiting", [
                this.state.data.company_id,
            ]);
        } catch {
            return; // The connection is gone: whoever comes back loads the board anew
        }
        if (this.state.stale) {
            this.watch();
        } else {
            await this.load();
        }
    }

    get data() {
        return this.state.data;
    }

    get done() {
        const {total} = this.data;
        return total ? Math.round(((total - this.state.stale) / total) * 100) : 100;
    }

    get doneWords() {
        return _t("%(waiting)s of %(total)s verdicts are being recomputed; until then they show the earlier result.", {
            waiting: this.state.stale,
            total: this.data.total,
        });
    }

    get closeWords() {
        return _t("Closer than %s points to 40 per cent", this.data.close_points);
    }

    get exportWords() {
        return _t("Exports of %(months)s months (%(currency)s)", {
            months: this.data.months,
            currency: this.data.currency,
        });
    }

    count(tile) {
        return tile.key === "stale" ? this.state.stale : tile.count;
    }

    colour(key) {
        return COLOURS[key];
    }

    share(rule, verdict) {
        return `width: ${((rule[verdict] || 0) / rule.total) * 100}%`;
    }

    // --- what the user does

    async determine() {
        await this.orm.call("rcep.origin", "action_recompute_catalogue", [[]]);
        await this.load();
    }

    openVerdicts(name, domain, views = ["list", "form"], context = {}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "rcep.origin",
            views: views.map((view) => [false, view]),
            domain: [["company_id", "=", this.data.company_id], ...domain],
            context,
        });
    }

    openChart() {
        return this.openVerdicts(_t("Verdicts by rule"), [], ["graph", "pivot", "list"]);
    }

    openVerdict(id) {
        return this.openRecord("rcep.origin", id);
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            // A product opens on its page Origin.
            views: [[model === "product.product" ? this.data.product_view : false, "form"]],
        });
    }

    /** The goods that wait for a fact. */
    async openGoods(row) {
        const args = [this.data.company_id, row.fact, row.of, row.own_id, row.ref];
        const ids = await this.orm.call("rcep.origin", "get_board_goods", args);
        return this.openVerdicts(row.words, [["product_id", "in", ids]]);
    }

    /** The supplier declarations of a product, and the way to make one. */
    openDeclarations(row) {
        return this.action.doAction(declarationsOf([row.product_id]));
    }

    askSuppliers() {
        return this.action.doAction("rcep_eco.action_declaration_proposal");
    }
}

registry.category("actions").add("rcep_catalogue_board", CatalogueBoard);
