/** The stream of events that a page hears. */

import type { Clock } from '../../clock.ts';
import { leaveConnectionBound } from '../../http/connections.ts';
import { conversationIdOf } from '../../identity/place-id.ts';
import { ownPlace } from '../asking.ts';
import { liveStream } from '../contract/live.ts';
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
			if (conversation !== undefined) await findReadable(asking, conversation);
			// Its row is made with its first question; the id follows from who they are.
			const begun = newConversation === undefined ? null : conversationIdOf(ownPlace(caller.person, newConversation));
			const view = viewOf(asking, conversation ?? begun, begun !== null);
			streams.open({ clock, follower, mustPoll, busy, version }, view, readHeld(held), () => {
				const headers = reply.getHeaders() as Record<string, string>;
				reply.hijack();
				leaveConnectionBound(request.raw.socket);
				return openEventSocket(reply.raw, headers);
			});
		}),
	];
}

function viewOf({ caller, services }: SignedInCall, conversationId: string | null, isNew: boolean): ReaderView {
	const { person, sessionId } = caller;
	const { userId } = person;

	async function isReadable(signal: AbortSignal): Promise<boolean> {
		if (conversationId === null || isNew) return true;
		const found = await services.conversations.find(person, conversationId);
		return found !== null && (await services.places.readable(person, [found], signal)).length > 0;
	}

	return {
		userId,
		conversationId,
		async check(signal) {
			const again = await services.signedIn.again(sessionId, signal);
			if (again === null || again.person.userId !== userId) return 'signed-out';
			return (await isReadable(signal)) ? 'unchanged' : 'gone';
		},
		async rows(ids) {
			const said = await services.said.some(person, conversationId ?? '', ids);
			return said.map((one) => toMessage(one, userId));
		},
		async newest() {
			const said = await services.said.newest(person, conversationId ?? '', null, newestRows);
			return said.map((one) => toMessage(one, userId));
		},
	};
}
