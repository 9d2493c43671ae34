/** Whether what somebody writes is a command: the same for the page and for the program. Pure. */

/** A slash and the root command, and nothing before it. */
export function isTypedCommand(text: string): boolean {
	return /^\s*\/ccb(?:\s|$)/i.test(text);
}
