/** How somebody comes from their chat on Slack to the web. */

import type { SlackEmulator } from '#test/emulators/slack/index.ts';
import { eventually } from './eventually.ts';
import { openBrowser, type WebBrowser } from './web-page.ts';

/** What the bot gives this person in their personal chat when they ask for it. */
export async function linkFromChat(slack: SlackEmulator, user: string): Promise<string> {
	const chat = slack.workspace.openDirect(user).id;
	const { ts } = await slack.say({ user, channel: chat, text: 'web' });
	const told = await eventually(() =>
		slack.messages(chat, { threadTs: ts }).find(({ botId, deleted }) => botId === slack.botId && !deleted),
	);
	const [link] = /https?:\/\/\S+\/enter#[\w-]{43}/.exec(told.text) ?? [];
	if (link === undefined) throw new Error(`no link: ${told.text}`);
	return link;
}

/** A browser in which they are signed in. @param address Where the program listens now. */
export async function signInFromChat(slack: SlackEmulator, user: string, address: () => string): Promise<WebBrowser> {
	const [, secret] = (await linkFromChat(slack, user)).split('#');
	const browser = openBrowser(address);
	const { status } = await browser.call('POST', '/sign-in/link', { secret });
	if (status !== 204) throw new Error(`signing in was answered with ${status}`);
	return browser;
}
