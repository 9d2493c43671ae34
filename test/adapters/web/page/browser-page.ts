/** A browser before the page with an API by hand. */

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inject } from 'vitest';
import { launchChromium } from '#test/e2e/chromium.ts';
import { patienceMs } from '#test/setup/patience.ts';
import { type PageServer, type PageWorld, startPageServer } from './page-server.ts';

export interface BrowserPage extends AsyncDisposable {
	server: PageServer;
	world: PageWorld;
	/** What the browser complained of: errors, and what the policy refused. */
	complaints: string[];
	/** A tab in a browser of its own, where nothing is kept yet. */
	open(path?: string, options?: BrowserContextOptions): Promise<Page>;
}

export async function openBrowserPage(): Promise<BrowserPage> {
	const server = await startPageServer();
	const browser: Browser = await launchChromium(inject('chromiumPath'));
	const complaints: string[] = [];
	return {
		...{ server, world: server.world, complaints },
		async open(path = '/', options = {}) {
			const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, ...options });
			context.setDefaultTimeout(patienceMs);
			const tab = await context.newPage();
			tab.on('pageerror', (error) => complaints.push(String(error)));
			tab.on('console', (message) => void (message.text().includes('Content Security Policy') && complaints.push(message.text())));
			await tab.goto(server.address + path);
			return tab;
		},
		async [Symbol.asyncDispose]() {
			await browser.close();
			await server[Symbol.asyncDispose]();
		},
	};
}

/** An id of the form that the API gives. */
export function idOf(number: number): string {
	return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
