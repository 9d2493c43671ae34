/** The turns that are being answered, and how to stop them from any process. */

import type { Place } from '../platform/place.ts';
import { asObject, parseObject } from '../platform/untrusted-json.ts';
import type { Signals } from '../redis/signals.ts';

export interface RunningTurn {
	answerId: string;
	userId: string;
	place: Place;
	questionMessageId: string;
	/** `isWithdrawn` when its question was taken back. */
	stop(isWithdrawn: boolean): void;
}

/**
 * Which turns to stop: all of one person's, or of these one answer, or those of one thread or channel; or the one to a message of it that was taken
 * back.
 */
export interface StopRequest {
	/** Null for whosever they are, in one thread: where the platform itself has stopped them. */
	userId: string | null;
	answerId?: string;
	place?: Place;
	questionMessageId?: string;
}

export interface RunningTurns {
	add(turn: RunningTurn): () => void;
	/** Stops matching turns here and in every other process. @returns how many were stopped here. */
	stop(request: StopRequest): Promise<number>;
	count(userId?: string): number;
	/** Begins to listen to the other processes. */
	listen(): Promise<void>;
}

const channel = 'stop-turns';

export function createRunningTurns(signals: Signals, processId: string): RunningTurns {
	const turns = new Set<RunningTurn>();

	function stopHere(request: StopRequest): number {
		const matching = [...turns].filter((turn) => matches(turn, request));
		for (const turn of matching) turn.stop(request.questionMessageId !== undefined);
		return matching.length;
	}

	return {
		add(turn) {
			turns.add(turn);
			return () => turns.delete(turn);
		},
		async stop(request) {
			const stopped = stopHere(request);
			await signals.publish(channel, JSON.stringify({ from: processId, request }));
			return stopped;
		},
		count: (userId) => (userId === undefined ? turns.size : [...turns].filter((turn) => turn.userId === userId).length),
		async listen() {
			await signals.subscribe(channel, (text) => {
				const { from, request } = parseObject(text) ?? {};
				if (from !== processId && isStopRequest(request)) stopHere(request);
			});
		},
	};
}

/** Whoever reaches Redis can publish anything: what is no request stops nothing. */
function isStopRequest(value: unknown): value is StopRequest {
	const { userId, place } = asObject(value);
	const hasPlace = typeof place === 'object' && place !== null;
	return typeof userId === 'string' ? place === undefined || hasPlace : userId === null && hasPlace;
}

function matches(turn: RunningTurn, request: StopRequest): boolean {
	if (request.userId !== null && turn.userId !== request.userId) return false;
	if (request.answerId !== undefined && request.answerId !== turn.answerId) return false;
	if (request.questionMessageId !== undefined && request.questionMessageId !== turn.questionMessageId) return false;
	return request.place === undefined || isWithin(turn.place, request.place);
}

function isWithin(place: Place, { platform, tenantId, channelId, threadId }: Place): boolean {
	const isSameChannel = place.platform === platform && place.tenantId === tenantId && place.channelId === channelId;
	return isSameChannel && (threadId === '' || place.threadId === threadId);
}
