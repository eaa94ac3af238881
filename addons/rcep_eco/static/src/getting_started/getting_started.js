import {Component, onWillStart, useState} from "@odoo/owl";
import {ControlPanel} from "@web/search/control_panel/control_panel";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/** What is still to be done before a firm obtains certificates: each step, whether it is done, and where to do it. */
export class GettingStarted extends Component {
    static template = "rcep_eco.GettingStarted";
    static components = {ControlPanel};
    static props = {...standardActionServiceProps};
    static path = "certificates-of-origin-start";
    static displayName = _t("Getting started");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.controlPanelDisplay = {};
        this.doneWord = _t("Done");
        this.openWord = _t("Still to be done");
        this.state = useState({company: "", steps: []});
        onWillStart(async () => {
            Object.assign(this.state, await this.orm.call("rcep.getting.started", "get_steps"));
        });
    }

    get done() {
        return this.state.steps.filter((step) => step.done).length;
    }

    get percent() {
        return Math.round((100 * this.done) / this.state.steps.length);
    }

    get doneWords() {
        return _t("%(done)s of %(count)s steps are done", {done: this.done, count: this.state.steps.length});
    }

    /** The first step that is open stands out: it is the next. */
    isNext(step) {
        return step === this.state.steps.find((each) => !each.done);
    }

    async open(step) {
        this.action.doAction(await this.orm.call("rcep.getting.started", "open_step", [step.code]));
    }
}

registry.category("actions").add("rcep_getting_started", GettingStarted);
