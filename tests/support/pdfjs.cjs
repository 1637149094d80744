// The text of a PDF as pdf.js reads it: node pdfjs.cjs FILE [FOLDER of pdfjs-dist]
const fs = require("fs");
const path = require("path");

async function library(folder) {
  if (folder) return import(path.resolve(folder, "legacy/build/pdf.mjs"));
  const place = "/usr/share/javascript/pdf/build/";
  const pdfjs = require(place + "pdf.js");
  pdfjs.GlobalWorkerOptions.workerSrc = place + "pdf.worker.js";
  return pdfjs;
}

(async () => {
  const pdfjs = await library(process.argv[3]);
  const data = new Uint8Array(fs.readFileSync(process.argv[2]));
  const document = await pdfjs.getDocument({ data, verbosity: 0 }).promise;
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    process.stdout.write(items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("") + "\n");
  }
})();
