/** What is known of one message of a reply, and what becomes of that with whatever happens to it. Pure. */

import type { MessageReference } from '../platform/chat-platform.ts';

/** What a message shows: text of the reply or, before there is any, a sign in its place. */
export interface Shown {
	text: string;
	isSign: boolean;
}

/** None of it is on the platform: not sent yet, surely not taken, or deleted by others. */
export interface Unsent {
	kind: 'unsent';
}

/** It was sent and the answer was lost: it is looked for before anything is sent again. */
export interface Lost {
	kind: 'lost';
	shown: Shown;
	isStream: boolean;
}

/** As `Lost`, where nobody can look: nothing is sent before the end. */
export interface Untraceable {
	kind: 'untraceable';
}

interface OnPlatform {
	reference: MessageReference;
	/** The text that it is known to show. */
	shown: Shown;
}

/** A native stream that takes more text, at its end. */
export interface Streaming extends OnPlatform {
	kind: 'streaming';
}

/** A native stream after an append whose answer was lost: nobody knows what it shows, so it changes no more until it is closed. */
export interface Uncertain extends OnPlatform {
	kind: 'uncertain';
}

/** It can be edited. */
export interface Posted extends OnPlatform {
	kind: 'posted';
}

/** It takes no more changes: a new message takes its place at the end. */
export interface Fixed extends OnPlatform {
	kind: 'fixed';
}

/** Stopped by a person where the platform has it that such a message stays as it is. */
export interface Sealed extends OnPlatform {
	kind: 'sealed';
}

export type OpenStream = Streaming | Uncertain;
export type PlacedMessage = OpenStream | Posted | Fixed | Sealed;
export type MessageState = Unsent | Lost | Untraceable | PlacedMessage;

export const unsent: Unsent = { kind: 'unsent' };

/** The platform took it. */
export function placed(reference: MessageReference, shown: Shown, isStream: boolean): Streaming | Posted {
	return { kind: isStream ? 'streaming' : 'posted', reference, shown };
}

/** It was sent, and nobody knows whether it arrived. */
export function answerLost(shown: Shown, isStream: boolean, canLook: boolean): Lost | Untraceable {
	return canLook ? { kind: 'lost', shown, isStream } : { kind: 'untraceable' };
}

export function appended({ reference }: Streaming, text: string): Streaming {
	return { kind: 'streaming', reference, shown: { text, isSign: false } };
}

/** The answer to an append was lost. */
export function doubted({ reference, shown }: Streaming): Uncertain {
	return { kind: 'uncertain', reference, shown };
}

/** By us, by its reader or by the platform; with more text, when it was given any. */
export function closed({ reference, shown }: OpenStream, text = shown.text): Posted {
	return { kind: 'posted', reference, shown: { ...shown, text } };
}

export function edited({ reference }: Posted, shown: Shown): Posted {
	return { kind: 'posted', reference, shown };
}

/** An edit was refused, and the next one would be. */
export function fixed({ reference, shown }: Posted): Fixed {
	return { kind: 'fixed', reference, shown };
}

/** A person used the platform's own Stop, where that is the end of the message. */
export function sealed(state: MessageState): MessageState {
	return isPlaced(state) ? { kind: 'sealed', reference: state.reference, shown: state.shown } : state;
}

export function isPlaced(state: MessageState): state is PlacedMessage {
	return state.kind !== 'unsent' && state.kind !== 'lost' && state.kind !== 'untraceable';
}

/** Whether the stream is still to be closed. */
export function isOpenStream(state: MessageState): state is OpenStream {
	return state.kind === 'streaming' || state.kind === 'uncertain';
}

/** Whether it follows the text while that grows. */
export function mayChange({ kind }: MessageState): boolean {
	return kind === 'unsent' || kind === 'lost' || kind === 'streaming' || kind === 'posted';
}

/** Whether readers see some of the reply's text in it. */
export function hasText(state: MessageState): boolean {
	return isPlaced(state) && !state.shown.isSign && state.shown.text !== '';
}
