/** What invokes are answered with: they are questions of the client, whose answer the person sees at once. Pure. */

import type { Json } from './json.ts';

export interface InvokeAnswer {
	status: number;
	body?: Json;
}

/** For an invoke that was taken in, or that nobody here understands. */
export function answerInvoke(activity: Json, isTaken: boolean): InvokeAnswer {
	switch (activity['name']) {
		case 'adaptiveCard/action':
			return { status: 200, body: isTaken ? taken : notTaken };
		// The same for both: the client goes on by itself, and needs no words.
		case 'fileConsent/invoke':
		case 'message/submitAction':
			return { status: 200, body: {} };
		default:
			// "Not implemented" is what the SDK says; an empty success would look like an answer.
			return { status: 501 };
	}
}

/** "Response format" of Universal Actions: a card that whoever pressed sees in place of the one that they pressed on. */
export function answerWithCard({ contentType, content }: Json): InvokeAnswer {
	return { status: 200, body: { statusCode: 200, type: contentType, value: content } };
}

/** The same: a word shown below the card. This one needs no language. */
const taken: Json = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '✓' };

const notTaken: Json = {
	statusCode: 400,
	type: 'application/vnd.microsoft.error',
	value: { code: 'BadRequest', message: 'BadRequest' },
};
