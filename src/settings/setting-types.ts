/** Kinds of values that several settings have, read from text. */

import { isIP } from 'node:net';
import { z } from 'zod';

export const integer = (least: number, most: number, otherwise: number) =>
	z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(least).max(most)).default(otherwise);

export const url = (protocols: string[], hint: string) =>
	z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), `must be an address like ${hint}`);

/** Without a slash at its end. */
export const webAddress = (standard: string) =>
	url(['http:', 'https:'], standard)
		.transform((value) => value.replace(/\/+$/, ''))
		.default(standard);

/** A host, one with a port, or `*.` and the end of a host. */
export const hostPattern = z
	.string()
	.regex(/^(?:\*\.)?[a-z0-9][a-z0-9.-]*(?::\d+)?$/i, 'must be hosts such as files.example.com or *.example.com');

/** Several values in one, separated by commas. */
export const list = (item: z.ZodType<string, string>) =>
	z
		.string()
		.transform((value) =>
			value
				.split(',')
				.map((part) => part.trim())
				.filter((part) => part !== ''),
		)
		.pipe(z.array(item).min(1));

export const onUnlessOff = z
	.enum(['on', 'off'])
	.default('on')
	.transform((value) => value === 'on');

export const onOrOff = z
	.enum(['on', 'off'])
	.default('off')
	.transform((value) => value === 'on');

/** An address, or a network of them. */
export const network = z.string().refine((text) => {
	const [address = '', prefix, ...rest] = text.split('/');
	const family = isIP(address);
	if (family === 0 || rest.length > 0) return false;
	return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}, 'must be addresses or networks such as 10.0.0.5 or 10.0.0.0/8');
