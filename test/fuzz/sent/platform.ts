/** The real outbound half of an adapter over a call that records: what the core may do with it, and what was handed to the SDK. */

import type { Block } from '#src/markdown/block.ts';
import type { Capabilities } from '#src/platform/capabilities.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { Shown } from './surface.ts';

export type PlatformName = 'slack' | 'teams' | 'discord';

export interface RecordedPlatform {
	name: PlatformName;
	capabilities: Capabilities;
	place: Place;
	renderBlock(block: Block): string;
	outbound: Pick<ChatPlatform, 'post' | 'edit' | 'openStream' | 'appendStream' | 'closeStream' | 'sendPrivately' | 'showPassage'>;
	/** The text of a message as it is sent when it is sent at once. */
	toSent(text: string): string;
	/** All that was shown since the last time, in order; forgets it. */
	take(): Shown[];
	/** The text of the message that was shown last; nothing is forgotten. */
	lastText(): string;
}
