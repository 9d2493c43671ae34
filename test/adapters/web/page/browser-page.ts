/** A browser before the page with an API by hand, one for a file of tests. */

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { launchChromium } from '#test/e2e/chromium.ts';
import { patienceMs } from '#test/setup/patience.ts';
import { emptyWorld, type PageServer, type PageWorld, startPageServer } from './page-server.ts';

export interface BrowserPage {
	readonly server: PageServer;
	readonly world: PageWorld;
	/** What the browser complained of: errors, and what the policy refused. */
	readonly complaints: string[];
	/** A tab in a browser of its own, where nothing is kept yet. */
	open(path?: string, options?: BrowserContextOptions): Promise<Page>;
}

/** Open while the tests of this file run; each of them begins in a world where nothing is, and nobody complained. */
export function useBrowserPage(): BrowserPage {
	let server: PageServer;
	let browser: Browser;
	const complaints: string[] = [];
	beforeAll(async () => {
		server = await startPageServer();
		browser = await launchChromium(inject('chromiumPath'));
	});
	beforeEach(() => {
		Object.assign(server.world, emptyWorld());
		complaints.length = 0;
	});
	afterAll(async () => {
		await browser?.close();
		await server?.[Symbol.asyncDispose]();
	});
	return {
		complaints,
		get server() {
			return server;
		},
		get world() {
			return server.world;
		},
		async open(path = '/', options = {}) {
			const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, ...options });
			context.setDefaultTimeout(patienceMs);
			const tab = await context.newPage();
			tab.on('pageerror', (error) => complaints.push(String(error)));
			tab.on('console', (message) => void (message.text().includes('Content Security Policy') && complaints.push(message.text())));
			await tab.goto(server.address + path);
			return tab;
		},
	};
}

/** An id of the form that the API gives. */
export function idOf(number: number): string {
	return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
