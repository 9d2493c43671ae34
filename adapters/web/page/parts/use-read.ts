/** Something of the API that is read once, when a part of the page is shown. */

import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../state/api-client.ts';
import { usePage } from './page-context.ts';

export interface PageReading<Value> {
	/** Null until it is there. */
	value: Value | null;
	/** Why it is not, in a sentence. */
	problem: string | null;
	again(): void;
}

/** @param read The same function each time. */
export function useRead<Value>(read: () => Promise<Value>): PageReading<Value> {
	const { words } = usePage();
	const [reading, setReading] = useState<{ value: Value | null; problem: string | null }>({ value: null, problem: null });
	const [times, setTimes] = useState(0);
	useEffect(() => {
		let isOver = false;
		read().then(
			(value) => !isOver && setReading({ value, problem: null }),
			(thrown) => {
				const sentence = thrown instanceof ApiProblem && thrown.message !== '' ? thrown.message : words.line.trouble;
				if (!isOver) setReading(({ value }) => ({ value, problem: sentence }));
			},
		);
		return () => {
			isOver = true;
		};
	}, [times]);
	return { ...reading, again: () => setTimes((count) => count + 1) };
}
