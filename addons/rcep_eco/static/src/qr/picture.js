/* A QR code in a picture or before the camera: the browser's own detector where it has one, else ZXing as Odoo ships it. */
(function () {
    "use strict";

    const LARGEST = 2000; // points of a picture's longer side
    // ZXing misses every fifth of our codes in a picture of many points to a module, and reads it made smaller.
    const SHARES = [1, 0.5, 0.25];

    function script(address) {
        return new Promise((done, failed) => {
            if (window.ZXing) {
                done();
                return;
            }
            const element = document.createElement("script");
            element.src = address;
            element.onload = done;
            element.onerror = failed;
            document.head.append(element);
        });
    }

    async function textOf(canvas, library) {
        if ("BarcodeDetector" in window) {
            try {
                const [found] = await new window.BarcodeDetector({ formats: ["qr_code"] }).detect(canvas);
                if (found) {
                    return found.rawValue;
                }
            } catch {
                // There, but without a service behind it: the library reads as well.
            }
        }
        await script(library);
        for (const share of SHARES) {
            const found = read(share === 1 ? canvas : drawn(canvas, canvas.width, canvas.height, share));
            if (found) {
                return found;
            }
        }
        return "";
    }

    function read(canvas) {
        const { BinaryBitmap, HTMLCanvasElementLuminanceSource, HybridBinarizer, QRCodeReader } = window.ZXing;
        try {
            return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new HTMLCanvasElementLuminanceSource(canvas)))).getText();
        } catch {
            return ""; // it throws where it finds none
        }
    }

    function drawn(source, width, height, wanted = 1) {
        const share = Math.min(wanted, LARGEST / Math.max(width, height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(width * share);
        canvas.height = Math.round(height * share);
        canvas.getContext("2d", { willReadFrequently: true }).drawImage(source, 0, 0, canvas.width, canvas.height);
        return canvas;
    }

    async function ofFile(file, library) {
        return ofCanvas(await createImageBitmap(file), library);
    }

    /* Look until a code is found or the camera is stopped; returns {stop, text: Promise}. */
    async function ofCamera(video, library) {
        const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        let running = true;
        const stop = () => {
            running = false;
            stream.getTracks().forEach((track) => track.stop());
        };
        video.srcObject = stream;
        await video.play();
        const look = async () => {
            while (running) {
                const found = video.videoWidth && (await textOf(drawn(video, video.videoWidth, video.videoHeight), library));
                if (found) {
                    stop();
                    return found;
                }
                await new Promise((again) => setTimeout(again, 150));
            }
            return "";
        };
        return { stop, text: look() };
    }

    function ofCanvas(canvas, library) {
        return textOf(drawn(canvas, canvas.width, canvas.height), library);
    }

    window.rcepPicture = { ofFile, ofCanvas, ofCamera };
})();
