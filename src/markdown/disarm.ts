/** Takes the life out of links, images, definitions and tags where not every reader agrees on what is code. */

import { mentionBreak } from './mention.ts';

/** What ends a label before an address, begins an image, an address in angle brackets, a command, or a tag that has attributes or begins a line. */
const LIVE =
	/\](?=[(:])|!(?=\[)|@(?=channel|here|everyone)|<(?=[!?@#&\\]|\/?[^ \t\n<>\u200b]*[@:]|\/?[a-z][a-z0-9-]*(?:[ \t]+(?![ \t/>])|[ \t]*\n|\/(?!>)))|(?<=^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*)<(?=[a-z/])/gim;

/** What stands before a host to look like one. */
const USER_NAME = /https?:\/{2,}[^\s/?#<>]*@/gi;

/** A fence's marker behind the marks of containers. */
const FENCE_MARKER = /^((?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*)(?=`{3}|~{3})/gm;

/** Text that is code for some readers only: a space that nobody sees goes into whatever others would take for a link or an image. */
export function disarm(text: string): string {
	return text.replace(USER_NAME, (address) => address.replaceAll('@', '%40')).replace(LIVE, (found) => found + mentionBreak);
}

/** The same for whole lines; no fence begins or ends in them either. */
export function disarmLines(text: string): string {
	return disarmFences(disarm(text));
}

/** Lines in which no fence begins or ends, whatever they are outdented to. */
export function disarmFences(lines: string): string {
	return lines.replace(FENCE_MARKER, `$1${mentionBreak}`);
}
