import {Component, onWillStart, useEffect, useRef} from "@odoo/owl";
import {cookie} from "@web/core/browser/cookie";
import {getCustomColor} from "@web/core/colors/colors";
import {_t} from "@web/core/l10n/translation";
import {loadBundle} from "@web/core/assets";

// Kinds of bars; what does not originate is warm, what does is cool. Bright and dark colour scheme.
const COLOURS = {
    originating: ["#2e8b57", "#4cae7b"],
    labour: ["#4a7fb5", "#6a9fd5"],
    overhead: ["#7ba4cc", "#8bb4dc"],
    left_out: ["#b5bcc4", "#6b7280"],
    rest: ["#a7c4df", "#5d7fa0"],
    undetermined: ["#e0a030", "#e8b04b"],
    non_originating: ["#c8553d", "#dd6e57"],
    fob: ["#495057", "#adb5bd"],
};
const BAR_HEIGHT = 38;
const AXIS_HEIGHT = 56;
const ROOM_ABOVE = 16; // For the words on the line

/** How the FOB value is made up, bar after bar, against the line of 40 per cent. */
export class ValueWaterfall extends Component {
    static template = "rcep_eco_mrp.ValueWaterfall";
    static props = {waterfall: Object};

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => {
                const chart = new Chart(this.canvas.el, this.config);
                return () => chart.destroy();
            },
            () => [this.props.waterfall]
        );
    }

    get height() {
        return this.props.waterfall.bars.length * BAR_HEIGHT + AXIS_HEIGHT;
    }

    /** The chart in words, for those who do not see it. */
    get description() {
        return this.props.waterfall.bars.map((bar) => `${bar.label}: ${bar.text}`).join("; ");
    }

    colour(pair) {
        return getCustomColor(cookie.get("color_scheme"), ...pair);
    }

    get config() {
        const {bars, asked} = this.props.waterfall;
        const text = this.colour(["#374151", "#d1d5db"]);
        return {
            type: "bar",
            data: {
                labels: bars.map((bar) => [bar.label, bar.text]),
                datasets: [
                    {
                        data: bars.map((bar) => [bar.from, bar.to]),
                        backgroundColor: bars.map((bar) => this.colour(COLOURS[bar.kind])),
                        borderSkipped: false,
                        barPercentage: 0.85,
                        categoryPercentage: 0.9,
                        minBarLength: 2,
                    },
                ],
            },
            options: {
                indexAxis: "y",
                animation: false,
                maintainAspectRatio: false,
                layout: {padding: {top: ROOM_ABOVE}},
                plugins: {
                    legend: {display: false},
                    tooltip: {callbacks: {title: () => "", label: (item) => `${bars[item.dataIndex].label}: ${bars[item.dataIndex].text}`}},
                },
                scales: {
                    x: {
                        suggestedMin: 0,
                        suggestedMax: 100,
                        ticks: {color: text, callback: (value) => `${value} %`},
                        grid: {color: this.colour(["#e5e7eb", "#374151"])},
                    },
                    y: {grid: {display: false}, ticks: {color: text, font: {size: 11}}},
                },
            },
            plugins: [{id: "asked", afterDatasetsDraw: (chart) => this.drawLine(chart, asked)}],
        };
    }

    drawLine({ctx, chartArea, scales}, asked) {
        const x = scales.x.getPixelForValue(asked);
        ctx.save();
        ctx.strokeStyle = ctx.fillStyle = this.colour(["#111827", "#f9fafb"]);
        ctx.setLineDash([5, 4]);
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        ctx.font = "bold 11px sans-serif";
        ctx.textAlign = "center";
        ctx.fillText(_t("%s %", asked), x, chartArea.top - 4);
        ctx.restore();
    }
}
