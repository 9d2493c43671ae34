/** The conversation that is open, kept in step with the server: read by page, and told of by the live stream. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import { type ApiClient, ApiProblem, type LiveRequest } from './api-client.ts';
import type { HeardEvent } from './live-line.ts';
import { heldOf } from './live-texts.ts';
import { createPageStore, type PageStore } from './page-store.ts';
import {
	beganTalk,
	openedTalk,
	type ShownSource,
	type Talk,
	withAnswerPiece,
	withEarlier,
	withNewest,
	withNotice,
	withoutNotice,
	withRow,
} from './talk.ts';

export interface OpenTalk {
	talk: PageStore<Talk>;
	/** @param begins What it was named by before, if it was begun already. */
	begin(continues: ConversationView | null, begins?: string): void;
	/** One that is open already stays as it is. @returns whether it is another one now. */
	open(id: string, view: ConversationView | null): boolean;
	/** Its first question was taken: from now on it has an id. */
	taken(begins: string, conversationId: string): void;
	/** Reads the newest messages again. */
	refresh(): Promise<void>;
	loadEarlier(): Promise<void>;
	rated(answerId: string, rating: 'up' | 'down'): void;
	/** Of an answer that was asked for again, this version is shown. */
	choose(version: Pick<ConversationMessage, 'id' | 'inReplyTo'>): void;
	/** The newest version of this answer, whichever was chosen. */
	showNewest(answerId: string): void;
	showSource(source: ShownSource | null): void;
	dismiss(noticeId: string): void;
	/** What the live stream has to tell of. */
	liveRequest(): LiveRequest;
	/** @returns `gap` where something is missing, and has to be told from its beginning. */
	heard(event: HeardEvent): 'gap' | null;
	gone(): void;
}

export interface OpenTalkDependencies {
	api: Pick<ApiClient, 'listMessages' | 'readConversation'>;
	newId(): string;
	/** Is told what went wrong; what is shown stays. */
	problem(thrown: unknown): void;
	/** These rows are there. */
	seen(messageIds: ReadonlySet<string>): void;
	later(run: () => void): void;
}

export function createOpenTalk({ api, newId, problem, seen, later }: OpenTalkDependencies): OpenTalk {
	const talk = createPageStore<Talk>(beganTalk(newId()), later);
	/** Of the readings under way: rows that the stream has told of since each began. */
	const readings = new Set<Set<string>>();

	/** Unless another conversation was opened meanwhile. */
	function change(id: string, next: (talk: Talk) => Talk): void {
		talk.change((now) => (now.conversationId === id ? next(now) : now));
		tellSeen(talk.get().messages.map((message) => message.id));
	}

	/** Not before they are shown: else for a moment a question would be neither on its way nor there. */
	function tellSeen(ids: readonly string[]): void {
		later(() => seen(new Set(ids)));
	}

	async function refresh(): Promise<void> {
		const { conversationId: id, view: known } = talk.get();
		if (id === null) return;
		const heard = new Set<string>();
		readings.add(heard);
		try {
			const [page, view] = await Promise.all([api.listMessages(id, null), known ?? api.readConversation(id)]);
			change(id, (now) => ({ ...withNewest(now, page, heard), view, isGone: false }));
		} catch (thrown) {
			if (thrown instanceof ApiProblem && thrown.code === 'NOT_FOUND') change(id, goneFor);
			else problem(thrown);
		} finally {
			readings.delete(heard);
		}
	}

	return {
		talk,
		begin: (continues, begins = newId()) => talk.change(() => beganTalk(begins, continues)),
		open(id, view) {
			if (talk.get().conversationId === id) return false;
			talk.change(() => openedTalk(id, view));
			return true;
		},
		taken: (begins, conversationId) => talk.change((now) => (now.begins === begins ? { ...now, conversationId } : now)),
		refresh,
		async loadEarlier() {
			const { conversationId: id, nextBefore } = talk.get();
			if (id === null || nextBefore === null) return;
			try {
				const page = await api.listMessages(id, nextBefore);
				change(id, (now) => (now.nextBefore === nextBefore ? withEarlier(now, page) : now));
			} catch (thrown) {
				problem(thrown);
			}
		},
		rated(answerId, rating) {
			talk.change((now) => ({ ...now, messages: now.messages.map((one) => (one.id === answerId ? { ...one, rating } : one)) }));
		},
		choose({ id, inReplyTo }) {
			if (inReplyTo !== null) talk.change((now) => ({ ...now, chosen: { ...now.chosen, [inReplyTo]: id } }));
		},
		showNewest(answerId) {
			talk.change((now) => {
				const question = now.messages.find(({ id }) => id === answerId)?.inReplyTo ?? '';
				const { [question]: _, ...chosen } = now.chosen;
				return { ...now, chosen };
			});
		},
		showSource: (shownSource) => talk.change((now) => ({ ...now, shownSource })),
		dismiss: (noticeId) => talk.change((now) => withoutNotice(now, noticeId)),
		liveRequest() {
			const { conversationId, begins, texts, isGone } = talk.get();
			const held = heldOf(texts);
			if (begins !== null) return { newConversation: begins, held };
			return conversationId === null || isGone ? { held: [] } : { conversation: conversationId, held };
		},
		heard(event) {
			if (event.name === 'message' || event.name === 'ended') {
				for (const reading of readings) reading.add(event.data.id);
				talk.change((now) => withRow(now, event.data));
				tellSeen([event.data.id]);
			}
			if (event.name === 'activity') talk.change((now) => ({ ...now, activity: event.data.text }));
			if (event.name === 'private') talk.change((now) => withNotice(now, event.data));
			if (event.name !== 'answer') return null;
			const next = withAnswerPiece(talk.get(), event.data);
			// What is there of it may be wrong as well.
			talk.change((now) => next ?? { ...now, texts: now.texts.filter(({ messageId }) => messageId !== event.data.messageId) });
			return next === null ? 'gap' : null;
		},
		gone: () => talk.change(goneFor),
	};
}

function goneFor(talk: Talk): Talk {
	// One that is only being begun is not there yet.
	return talk.begins === null ? { ...talk, messages: [], texts: [], isLoaded: true, isGone: true } : { ...talk, isLoaded: true };
}
