import {CharField, charField} from "@web/views/fields/char/char_field";
import {_t} from "@web/core/l10n/translation";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {loadJS} from "@web/core/assets";
import {loadPDFJSAssets} from "@web/core/utils/pdfjs";
import {registry} from "@web/core/registry";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {useRef} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

const READER = "/rcep_eco/static/src/qr/picture.js";
const LIBRARY = "/web/static/lib/zxing-library/zxing-library.js";
// A certificate has its code on one of its first pages; drawn so large that no module of it is lost.
const PAGES = 5;
const SCALE = 3;
const LARGEST = 4000; // Points of a page's longer side, however large the page says that it is

/* What a QR code holds: typed, or read by the camera, from a picture or from a PDF. Nothing of the file leaves the browser. */
export class ScannedCodeField extends CharField {
    static template = "rcep_eco_ledger.ScannedCodeField";

    setup() {
        super.setup();
        this.notification = useService("notification");
        this.file = useRef("file");
        this.hasCamera = isBarcodeScannerSupported();
    }

    async onCamera() {
        await this.take(await scanBarcode(this.env));
    }

    async onFile(event) {
        const [file] = event.target.files;
        event.target.value = ""; // The same file may be chosen again
        if (!file) {
            return;
        }
        const text = await textOf(file);
        if (text) {
            await this.take(text);
        } else {
            this.notification.add(
                _t("No QR code can be read in “%s”: take a sharper picture of the code alone, or copy what it holds.", file.name),
                {type: "warning"}
            );
        }
    }

    take(text) {
        return this.props.record.update({[this.props.name]: text});
    }
}

async function textOf(file) {
    await loadJS(READER);
    try {
        return file.type === "application/pdf" ? await textOfPdf(file) : await window.rcepPicture.ofFile(file, LIBRARY);
    } catch {
        return ""; // It is no picture, or no PDF: nothing can be read in it
    }
}

async function textOfPdf(file) {
    await loadPDFJSAssets();
    // A stranger's file: nothing in it is run.
    const pdf = await window.pdfjsLib.getDocument({data: await file.arrayBuffer(), isEvalSupported: false}).promise;
    for (let number = 1; number <= Math.min(pdf.numPages, PAGES); number++) {
        const page = await pdf.getPage(number);
        const whole = page.getViewport({scale: 1});
        const scale = Math.min(SCALE, LARGEST / Math.max(whole.width, whole.height));
        const viewport = page.getViewport({scale});
        const canvas = document.createElement("canvas");
        canvas.width = viewport.width;
        canvas.height = viewport.height;
        await page.render({canvasContext: canvas.getContext("2d"), viewport}).promise;
        const text = await window.rcepPicture.ofCanvas(canvas, LIBRARY);
        if (text) {
            return text;
        }
    }
    return "";
}

registry.category("fields").add("rcep_scanned_code", {
    ...charField,
    component: ScannedCodeField,
    displayName: _t("Scanned code"),
    supportedTypes: ["char"],
});
