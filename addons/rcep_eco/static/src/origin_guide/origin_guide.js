import {Component, onWillStart, useState} from "@odoo/owl";
import {ControlPanel} from "@web/search/control_panel/control_panel";
import {RecordSelector} from "@web/core/record_selectors/record_selector";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const COLOURS = {originating: "success", not_originating: "danger", unresolved: "warning"};

/** From a product with nothing to its verdict: one question after another, each with why it is asked. */
export class OriginGuide extends Component {
    static template = "rcep_eco.OriginGuide";
    static components = {ControlPanel, RecordSelector};
    static props = {...standardActionServiceProps};
    static path = "origin-guide";
    static displayName = _t("Guide for beginners");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.controlPanelDisplay = {};
        const kept = this.props.state || {};
        const {params = {}} = this.props.action;
        this.state = useState({
            productId: kept.productId || params.product_id || false,
            data: null,
            problem: "",
            typed: {},
            wrong: {},
            busy: false,
        });
        // Whoever comes back from a bill or a supplier finds the same product.
        useSetupAction({getLocalState: () => ({productId: this.state.productId})});
        this.mayMake = false; // a product: whoever may not has no button for it
        onWillStart(async () => {
            [this.mayMake] = await Promise.all([user.checkAccessRight("product.product", "create"), this.load()]);
        });
    }

    get domain() {
        return [["type", "=", "consu"]];
    }

    get colour() {
        return COLOURS[this.state.data.verdict.code] || "secondary";
    }

    /** The first question that is open stands out: it is the next. */
    get next() {
        return this.state.data.questions.find((each) => each.state === "open");
    }

    get leftWords() {
        const left = this.state.data.questions.filter((each) => each.state === "open").length;
        return left ? _t("%s questions are open", left) : _t("Nothing more is asked");
    }

    signOf(question) {
        return {done: "fa-check-circle text-success", open: "fa-circle-o text-warning"}[question.state] || "fa-minus text-muted";
    }

    wordsOf(question) {
        return {done: _t("Answered"), open: _t("Still to be answered")}[question.state] || _t("The verdict does not wait for it");
    }

    async load() {
        this.state.data = null;
        this.state.problem = "";
        this.state.typed = {};
        this.state.wrong = {};
        if (this.state.productId) {
            try {
                this.state.data = await this.orm.call("product.product", "get_rcep_guide", [[this.state.productId]]);
            } catch (error) {
                this.state.problem = sentenceOf(error);
            }
        }
    }

    async choose(productId) {
        this.state.productId = productId;
        await this.load();
    }

    type(question, value) {
        this.state.typed[question.code] = value;
    }

    valueOf(question) {
        return this.state.typed[question.code] ?? question.value;
    }

    /** What is wrong is said at its question, and what was typed stays there. */
    async answer(question, value = this.valueOf(question)) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const args = [[this.state.productId], question.code, value];
            this.state.data = await this.orm.call("product.product", "answer_rcep_guide", args);
            delete this.state.typed[question.code];
            delete this.state.wrong[question.code];
        } catch (error) {
            this.state.wrong[question.code] = sentenceOf(error);
        } finally {
            this.state.busy = false;
        }
    }

    async open(question, place) {
        try {
            const args = [[this.state.productId], question.code, place];
            const action = await this.orm.call("product.product", "open_rcep_guide_place", args);
            await this.action.doAction(action, {onClose: () => this.load()});
        } catch (error) {
            this.state.wrong[question.code] = sentenceOf(error);
        }
    }

    newProduct() {
        this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("New product"),
            res_model: "product.product",
            views: [[false, "form"]],
            target: "current",
            context: {default_type: "consu"},
        });
    }

    openProduct() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "product.product",
            res_id: this.state.productId,
            views: [[false, "form"]],
            target: "current",
        });
    }
}

/** The sentence of an error that the server raised for people to read; any other goes on. */
function sentenceOf(error) {
    const sentence = error.data && error.data.name !== "builtins.Exception" && error.data.message;
    if (!sentence) {
        throw error;
    }
    return sentence;
}

registry.category("actions").add("rcep_origin_guide", OriginGuide);
