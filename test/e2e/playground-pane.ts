/** One platform's pane of the playground, as tests use it. */

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Pane {
	readonly root: Locator;
	/** The newest message of the bot that everybody sees. */
	answer(): Locator;
	/** The newest words of the bot that only the person who looks sees; in the conversation with the bot nobody else sees any. */
	privately(text: string | RegExp): Locator;
	goTo(place: string): Promise<void>;
	/** Writes into the composer of the place itself. */
	say(text: string): Promise<void>;
	/** Waits for the end of the sample answer, and for the thumbs that come with the end of every answer. */
	answeredWhole(): Promise<void>;
}

export const platforms = ['slack', 'teams', 'discord'] as const;

export function paneOf(page: Page, platform: (typeof platforms)[number]): Pane {
	const root = page.locator(`.pane[data-platform="${platform}"]`);
	const composer = root.locator('.conversation-foot').first().locator('.composer textarea');
	// Slack's thread lies over its channel; the others answer in the place itself.
	const answer = () => root.locator('.message.from-bot:not(.private)').last();
	return {
		root,
		answer,
		privately: (text) => root.locator('.message.private.from-bot', { hasText: text }).last(),
		goTo: (place) => root.locator('.places button', { hasText: new RegExp(`^${place}$`, 'i') }).click(),
		async say(text) {
			await composer.fill(text);
			await composer.press('Enter');
		},
		async answeredWhole() {
			await answer().getByText('Write again in this thread to go on.').waitFor();
			await answer().locator('.thumb').first().waitFor();
			expect(await answer().locator('.streaming').count()).toBe(0);
		},
	};
}

export async function speakAs(page: Page, name: string): Promise<void> {
	const options = page.locator('.switcher option');
	await page.locator('.switcher select').selectOption((await options.filter({ hasText: name }).getAttribute('value')) ?? '');
	await page.locator('.switcher-face', { hasText: name }).waitFor();
}
