/** The stream of events that a page hears. */

import type { Clock } from '../../clock.ts';
import type { OwnConversation } from '../../history/own-conversations.ts';
import type { SaidMessage } from '../../history/said-pages.ts';
import { leaveConnectionBound } from '../../http/connections.ts';
import { conversationIdOf } from '../../identity/place-id.ts';
import { ownPlace } from '../asking.ts';
import { liveStream } from '../contract/live.ts';
import type { ConversationMessage } from '../contract/messages.ts';
import { openEventSocket } from '../live/event-socket.ts';
import { type ReaderView, readHeld } from '../live/live-stream.ts';
import type { LiveStreams } from '../live/live-streams.ts';
import { findReadable, type SignedInCall } from '../own-view.ts';
import { toMessage } from '../said-view.ts';
import { type ServedRoute, serve } from '../serve.ts';

/** Of an answer in progress and what was said just before it. */
const newestRows = 10;

export function liveRoutes(streams: LiveStreams, { clock, version }: { clock: Clock; version: string }): ServedRoute[] {
	return [
		serve(liveStream, async ({ query: { conversation, newConversation, held = [] }, request, reply, ...asking }) => {
			const { caller, services } = asking;
			const { follower, mustPoll, busy } = services.live;
			const found = conversation === undefined ? null : await findReadable(asking, conversation);
			// Its row is made with its first question; the id follows from who they are.
			const begun = newConversation === undefined ? null : conversationIdOf(ownPlace(caller.person, newConversation));
			const view = viewOf(asking, found, begun);
			streams.open({ clock, follower, mustPoll, busy, version }, view, readHeld(held), () => {
				const headers = reply.getHeaders() as Record<string, string>;
				reply.hijack();
				leaveConnectionBound(request.raw.socket);
				return openEventSocket(reply.raw, headers);
			});
		}),
	];
}

/** @param open the conversation that is; or @param begun the id of one that may not be there yet. */
function viewOf({ caller, services }: SignedInCall, open: OwnConversation | null, begun: string | null): ReaderView {
	const { person, pass } = caller;
	const { userId } = person;
	const conversationId = open?.id ?? begun;

	async function isReadable(signal: AbortSignal): Promise<boolean> {
		if (open === null) return true;
		const found = await services.conversations.find(person, open.id);
		return found !== null && (await services.places.readable(person, [found], signal)).length > 0;
	}

	/** What is said on the web has no address elsewhere. */
	async function toMessages(said: readonly SaidMessage[]): Promise<ConversationMessage[]> {
		const links = open === null ? new Map() : await services.permalinks.ofMessages(open, said, new AbortController().signal);
		return said.map((one) => toMessage(one, userId, links));
	}

	return {
		userId,
		conversationId,
		async check(signal) {
			const again = await services.signedIn.again(pass, signal);
			if (again === null || again.person.userId !== userId) return 'signed-out';
			return (await isReadable(signal)) ? 'unchanged' : 'gone';
		},
		notices: async () => (conversationId === null ? [] : await services.notices.of(person, conversationId)),
		async rows(ids) {
			return await toMessages(await services.said.some(person, conversationId ?? '', ids));
		},
		async newest() {
			return await toMessages(await services.said.newest(person, conversationId ?? '', null, newestRows));
		},
	};
}
