/** The way back: the addresses by which people open conversations and messages of a chat platform there. */

import type { Principal } from '../database/transaction.ts';
import type { OwnConversation } from '../history/own-conversations.ts';
import type { PlatformMessages } from '../history/platform-messages.ts';
import type { SaidMessage } from '../history/said-pages.ts';
import type { StoredPlace } from '../identity/own-places.ts';
import { channelIdOf } from '../identity/place-id.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform, MessageReference } from '../platform/chat-platform.ts';

/** By id, of what has one. What its platform does not tell in time has none. All @throws BotError as `PlatformMessages`. */
export interface Permalinks {
	/** @param place where all of it was said. */
	ofMessages(place: StoredPlace, said: readonly SaidMessage[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
	/** Of the newest answer in each. */
	ofConversations(person: Principal, conversations: readonly OwnConversation[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

export interface PermalinksDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	messages: PlatformMessages;
}

type Referenced = [id: string, reference: MessageReference];

/** Nobody waits longer for a list because of them. */
const patienceMs = 1_000;

export function createPermalinks({ platforms, pacers, messages }: PermalinksDependencies): Permalinks {
	const isLinked = ({ platform, kind }: StoredPlace) => platforms.get(platform)?.capabilities.linksMessages.includes(kind) === true;

	async function linksTo(referenced: readonly Referenced[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
		const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
		const byChannel = Map.groupBy(referenced, ([, { place }]) => channelIdOf(place));
		const linked = await Promise.all([...byChannel.values()].map((ofOne) => linksIn(ofOne, patience).catch(() => [])));
		return new Map(linked.flat());
	}

	/** A platform that has to be asked has a budget for that; one call for each channel, since for its other links it has told enough then. */
	async function linksIn(referenced: readonly Referenced[], patience: AbortSignal): Promise<[id: string, link: string][]> {
		const place = referenced[0]?.[1].place;
		const platform = place === undefined ? undefined : platforms.get(place.platform);
		if (place === undefined || platform === undefined) return [];
		const look = async (): Promise<[id: string, link: string][]> => {
			const found = referenced.map(async ([id, reference]) => ({ id, link: await platform.permalink(reference, patience) }));
			return (await Promise.all(found)).flatMap(({ id, link }) => (link === null ? [] : [[id, link]]));
		};
		const operation = 'look-up-link';
		if (platform.capabilities.budgets[operation] === undefined) return await look();
		return await pacers(platform).run({ operation, place, priority: 'update' }, patience, look);
	}

	return {
		async ofMessages(place, said, signal) {
			if (!isLinked(place)) return new Map();
			const sent = await messages.ofAnswers(said.flatMap(({ id, role }) => (role === 'assistant' ? [id] : [])));
			// What people said is kept without the way to it, which is that of its answers.
			const route = [...sent.values()].find((reference) => reference.place.route !== undefined)?.place.route;
			const wayTo = { ...place, ...(route === undefined ? {} : { route }) };
			const asked = said.flatMap(({ id, platformMessageId }): Referenced[] =>
				platformMessageId === null ? [] : [[id, { place: wayTo, messageId: platformMessageId }]],
			);
			return await linksTo([...sent, ...asked], signal);
		},
		async ofConversations(person, conversations, signal) {
			const ids = conversations.filter(isLinked).map(({ id }) => id);
			return await linksTo([...(await messages.newest(person, ids))], signal);
		},
	};
}
