/** What stands in the way of a reply for good, and how refusals of the platform come to that. */

import { type BotError, toBotError } from '../errors.ts';
import { type Refusal, refusalOf } from '../platform/refusal.ts';
import type { MessageContext } from './reply-message-context.ts';
import { sealed, unsent } from './reply-message-state.ts';

/**
 * Why nothing more of a reply can be shown. `message-gone`: somebody deleted it twice. `not-accepted`: refused even as bare text, and nobody
 * knows why. `lost`: it was sent, its answer was not heard, and nobody can look.
 */
export type Obstacle = 'may-not-post' | 'place-gone' | 'blocked-by-rules' | 'message-gone' | 'not-accepted' | 'lost';

/** What came of a reply. */
export interface Delivered {
	/** Null when its readers see it whole. */
	obstacle: Obstacle | null;
	/** Whether words in the place say that something is missing, and why. */
	isTold: boolean;
	/** Whether readers see some of its text. */
	hasText: boolean;
}

/** A message that was deleted is posted once more; who deletes it again does not want it. */
const mostDeletions = 1;

/** Takes in what a refusal means for the message and for the whole reply. */
export function noteRefusal(context: MessageContext, error: BotError): void {
	const refusal = refusalOf(error);
	if (refusal === 'may-not-post' || refusal === 'place-gone' || refusal === 'blocked-by-rules') context.obstacle = refusal;
	if (refusal === 'message-gone') loseMessage(context);
	if (refusal !== 'stopped-by-person') return;
	if (context.deps.platform.capabilities.stream?.endsWhenStopped) context.state = sealed(context.state);
	context.options.onStopped();
}

function loseMessage(context: MessageContext): void {
	context.state = unsent;
	context.number++;
	context.deletions++;
	if (context.deletions > mostDeletions) context.obstacle = 'message-gone';
}

/** Of a refusal that is about a new message's form it is not always known that it is. */
type Doubtful = 'new' | 'known';

/**
 * Sends the text in its message's form and, where the platform refuses that, once more alone. `kind` says whether the message is new: then
 * any refusal of which nothing is known may be about its form.
 */
export async function inSomeForm<Result>(context: MessageContext, kind: Doubtful, send: () => Promise<Result>): Promise<Result> {
	try {
		return await send();
	} catch (thrown) {
		const error = toBotError(thrown);
		if (context.isBare || !isAboutForm(error, kind)) throw error;
		context.isBare = true;
		context.deps.observer.detoured(error.reason ?? error.code);
		return await send();
	}
}

const aboutForm: ReadonlySet<Refusal | null> = new Set(['form-refused', 'too-long']);

function isAboutForm(error: BotError, kind: Doubtful): boolean {
	const refusal = refusalOf(error);
	return error.code === 'PLATFORM_REJECTED' && (aboutForm.has(refusal) || (kind === 'new' && refusal === null));
}
