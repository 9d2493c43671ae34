/** What a command is: one file each in this folder, one registry for every platform and manifest. */

import type { Person } from '../identity/identity.ts';
import type { Place } from '../platform/place.ts';
import type { Words } from '../words/words.ts';

export interface CommandContext {
	person: Person;
	words: Words;
	/** Without a thread when the platform has no commands in threads. */
	place: Place;
}

export interface Command {
	/** What is typed after the root command, the same in every language. */
	name: 'help' | 'new' | 'stop' | 'status';
	/** Other words that mean the same when they are all that a message to the bot says. */
	spoken: readonly string[];
	/** @returns what to tell the person, who alone will see it. */
	run(context: CommandContext): Promise<string>;
}
