/** Who is named in a message: the bot, whose own name is no word of it, and others, who keep theirs. Pure. */

import { toDisplayName } from '#src/platform/display-name.ts';
import { asObject, asObjects, type Json, textOf } from '../json.ts';
import { decodeReferences } from './references.ts';

export interface Mentions {
	/** What people read in place of the tag of a mention: nothing for the bot's. `position`: the tag's number among those of the message. */
	shown(name: string, position: number): string;
}

interface Mention {
	id: string;
	/** As the tag has it, and as the account is called; either may be missing. */
	names: string[];
}

/** In messages that are quoted or forwarded everybody keeps their name, the bot too. */
export const citedMentions: Mentions = { shown: (name) => `@${plainName(name)}` };

/** The ids that an activity's entities name: of people, and of the bot. */
export function mentionedIds(activity: Json): string[] {
	return mentionsOf(activity).map(({ id }) => id);
}

/**
 * Names decide. Where they do not, because somebody is called as the bot is or an entity tells no name, the order does: entities come in that
 * of the tags.
 */
export function readMentions(activity: Json, botId: string): Mentions {
	const all = mentionsOf(activity);
	const namesOf = (mentions: readonly Mention[]) => new Set(mentions.flatMap(({ names }) => names));
	const bots = all.filter(({ id }) => id === botId);
	const botNames = namesOf(bots);
	if (bots.length > 0) botNames.add(plainName(textOf(asObject(activity['recipient'])['name'])));
	const otherNames = namesOf(all.filter(({ id }) => id !== botId));
	const isBot = (name: string, position: number) => {
		if (botNames.has(name) && !otherNames.has(name)) return true;
		const inOrder = all[position];
		return inOrder?.id === botId && (botNames.has(name) || inOrder.names.length === 0);
	};
	return {
		shown(given, position) {
			const name = plainName(given);
			return isBot(name, position) ? '' : `@${name}`;
		},
	};
}

function mentionsOf(activity: Json): Mention[] {
	return asObjects(activity['entities'])
		.filter(({ type }) => type === 'mention')
		.map((entity) => {
			const { id, name } = asObject(entity['mentioned']);
			const names = [textOf(entity['text']).replace(/<[^<>]*>/g, ''), textOf(name)].map(decodeReferences).map(plainName);
			return { id: textOf(id), names: names.filter((found) => found !== '') };
		});
}

function plainName(name: string): string {
	return toDisplayName(name);
}
