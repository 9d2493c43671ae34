/** The settings of one room: what its variables mean, how the room sees them, and which of them do not go together. */

import type { z } from 'zod';

export interface SettingsSlice<Variables extends z.ZodRawShape, Group, Others> {
	/** By name, each with its meaning and default: what people read of a setting is made from them. */
	variables: Variables;
	/** Those of them that a file may hold, see `secret-files.ts`: what is secret, and addresses with a password in them. */
	secrets: readonly (keyof Variables & string)[];
	/** What the room is given, in its own words. The variables may contradict each other. */
	group(values: ValuesOf<Variables>): Group;
	/** What does not go together, in words that name the variables and never their values. `others` holds those of the other slices. */
	contradictions(values: ValuesOf<Variables>, others: Others): string[];
}

type ValuesOf<Variables extends z.ZodRawShape> = z.output<z.ZodObject<Variables>>;

/** Without `contradictions` any values go together, without `secrets` none is secret. */
type GivenSlice<Variables extends z.ZodRawShape, Group, Others> = Omit<SettingsSlice<Variables, Group, Others>, Optional> &
	Partial<Pick<SettingsSlice<Variables, Group, Others>, Optional>>;

type Optional = 'contradictions' | 'secrets';

export function defineSettings<Variables extends z.ZodRawShape, Group, Others = unknown>(
	slice: GivenSlice<Variables, Group, Others>,
): SettingsSlice<Variables, Group, Others> {
	return { contradictions: () => [], secrets: [], ...slice };
}
