/** What the process that parses and the one that started it say to each other. The former is not believed: what it says has to have this form. */

import { z } from 'zod';
import { unreadableReasons } from '../blocks.ts';

/** The first line of the parser's input. The file's bytes follow it. */
export interface FileRequest {
	name: string;
	/** Whether Spanish identity numbers are secrets. */
	nationalIds: boolean;
	/** Somebody looked at it: what seems to be a secret in it is none, or may be read. */
	isReleased: boolean;
}

const chunk = z.strictObject({
	text: z.string().min(1).max(100_000),
	context: z.string().max(1_000),
	page: z.int().min(1).nullable(),
});

const end = z.strictObject({
	status: z.enum(['ok', 'partial', 'rejected']),
	reason: z.enum(unreadableReasons).nullable(),
	/** The name of an error of a library, for the log. */
	cause: z.string().max(100).nullable(),
	/** The most memory that was resident, as far as the system tells. */
	peakBytes: z.int().nullable(),
});

/** A line of the parser's output: chunks, in their order, then the end. */
export const parserLine = z.union([z.strictObject({ chunk }), z.strictObject({ end })]);
export type ParserLine = z.infer<typeof parserLine>;
export type ParserEnd = z.infer<typeof end>;
