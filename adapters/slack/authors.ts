/** Who wrote a message of Slack: a person, or an app and what it is called. Pure. */

import { toDisplayName } from '#src/platform/display-name.ts';
import { asObject, type Json, textOf } from '#src/platform/untrusted-json.ts';
import { decodeEntities } from './format/mrkdwn.ts';

/**
 * Accounts that are nobody's: Slackbot, which answers words and repeats reminders and which Slack itself does not call a bot; Slack's own
 * hand; and whoever stands where a company took its key back (`ekm_access_denied`).
 */
const builtIn: ReadonlyMap<string, string> = new Map([
	['USLACKBOT', 'Slackbot'],
	['USLACKUSER', 'Slack'],
	['UREVOKEDU', 'Slack'],
]);

export function isBuiltInAuthor(accountId: unknown): boolean {
	return builtIn.has(textOf(accountId));
}

/** Written by an app, or by Slack itself. */
export function isOfApp(message: Json): boolean {
	return textOf(message['bot_id']) !== '' || message['subtype'] === 'bot_message' || isBuiltInAuthor(message['user']);
}

/** What an app calls itself in this message; empty where Slack tells only its id. */
export function appNameOf(message: Json): string {
	const profile = asObject(message['bot_profile']);
	const name = textOf(message['username'], textOf(profile['name'], builtIn.get(textOf(message['user']))));
	return toDisplayName(decodeEntities(name));
}
