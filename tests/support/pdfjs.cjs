// The text of a PDF as pdf.js reads it: node pdfjs.cjs FILE
const fs = require("fs");
const folder = "/usr/share/javascript/pdf/build/";
const pdfjs = require(folder + "pdf.js");
pdfjs.GlobalWorkerOptions.workerSrc = folder + "pdf.worker.js";

(async () => {
  const data = new Uint8Array(fs.readFileSync(process.argv[2]));
  const document = await pdfjs.getDocument({ data, verbosity: 0 }).promise;
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    process.stdout.write(items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("") + "\n");
  }
})();
