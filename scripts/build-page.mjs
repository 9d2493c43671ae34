/** Builds the page of the web, where the packages are there already: for the image, and for whoever starts the program itself. */

import { runScript } from './toolchain/mendable-error.mjs';
import { ensurePage } from './toolchain/page.mjs';

await runScript(async () => {
	ensurePage(process.execPath);
	return 0;
});
