/** What a reader is told while nothing comes from the model, or a tool runs: in the sign of activity where that has words, else in the reply's own message. */

import type { Activity } from '../delivery/activity.ts';
import type { Reply } from '../delivery/reply.ts';
import type { Words } from '../locales/locales.ts';
import type { ModelEvent } from '../models/model-pool.ts';
import type { ToolName } from '../tools/tool.ts';

type Queued = Extract<ModelEvent, { type: 'queued' }>;
type Silent = Extract<ModelEvent, { type: 'silent' }>;

export interface WaitingSign {
	queued(event: Queued): void;
	silent(event: Silent): void;
	/** The model has called a tool, which runs now. */
	calling(name: ToolName): void;
	/** The wait is over, though there is no text yet. */
	working(): void;
	/** Text has come. */
	texted(): void;
	/** Nothing more comes. */
	end(): void;
}

export interface WaitingSignParts {
	activity: Activity;
	reply: Pick<Reply, 'announce' | 'remark'>;
	words: Words;
	/** Whether the sign of activity can say more than that the bot is at work. */
	signShowsText: boolean;
}

/** The same in two forms: behind the bot's name, and as a sentence of its own. */
interface Said {
	sign: string;
	notice: string;
}

export function createWaitingSign({ activity, reply, words, signShowsText }: WaitingSignParts): WaitingSign {
	let hasText = false;
	let isSaying = false;

	function say({ sign, notice }: Said): void {
		isSaying = true;
		if (signShowsText) void activity.show(sign);
		else if (hasText) reply.remark(notice);
		else reply.announce(notice);
	}

	function leaveOff(): void {
		if (!isSaying) return;
		isSaying = false;
		if (signShowsText) void activity.hide();
		else reply.remark('');
	}

	return {
		queued: (event) => say(queuedWords(event, words)),
		silent: (event) => say(silentWords(event, words, hasText)),
		calling: (name) => say(words.tools[name]),
		working() {
			if (hasText) return leaveOff();
			if (isSaying) say({ sign: words.activity.thinking, notice: words.notice.working });
			isSaying = false;
		},
		texted() {
			if (hasText) return leaveOff();
			hasText = true;
			isSaying = false;
			activity.rest();
		},
		end() {
			// Beside a text that is there nothing else takes it away.
			if (isSaying && hasText) void activity.clear();
			else activity.end();
		},
	};
}

function queuedWords({ position, estimateMs, paused = false }: Queued, { activity, notice, queue }: Words): Said {
	if (paused) return { sign: queue.pausedSign(position), notice: queue.pausedNotice(position) };
	const estimateSeconds = estimateMs === null ? null : Math.ceil(estimateMs / 1_000);
	return { sign: activity.queued(position, estimateSeconds), notice: notice.queued(position, estimateSeconds) };
}

function silentWords({ cause, forMs }: Silent, { activity, notice }: Words, hasText: boolean): Said {
	const name = cause !== 'unknown' ? cause : hasText ? 'paused' : 'silent';
	const seconds = Math.round(forMs / 1_000);
	return { sign: activity[name](seconds), notice: notice[name](seconds) };
}
