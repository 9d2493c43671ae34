/** A browser for the tests. */

import { type Browser, chromium } from 'playwright-core';

/** What Chromium needs to run as root in a container, without calling home. */
const browserArguments = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** @param executablePath `inject('chromiumPath')` @param more Beside what it needs. */
export async function launchChromium(executablePath: string, more: readonly string[] = []): Promise<Browser> {
	return await chromium.launch({ executablePath, args: [...browserArguments, ...more] });
}
