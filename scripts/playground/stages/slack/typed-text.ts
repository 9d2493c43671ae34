/** Between what a person types in Slack and what Slack sends for it: mentions by id, three characters escaped. Pure. */

import type { Roster } from '../../roster.ts';

/** `@OpenCCB` is sent as `<@U…>`. */
export function typedForSlack(roster: Roster, text: string): string {
	return roster.withMentions(escapedForSlack(text), (id) => `<@${id}>`);
}

export function escapedForSlack(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The other way round, for a message that its author edits. */
export function asTypedInSlack(roster: Pick<Roster, 'personOf' | 'nameOf'>, text: string): string {
	return unescapedFromSlack(text.replace(/<@([A-Z0-9]+)>/g, (_, id: string) => `@${roster.nameOf(roster.personOf(id))}`));
}

export function unescapedFromSlack(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
