/** What a person may use when no administrator has said anything for them or their role. */

import type { UserRole } from '../database/roles.ts';
import type { AllLimits } from './limit-values.ts';

/** From the settings. Null is no limit. */
export interface StandardLimits {
	requestsPerMinute: number | null;
	tokensPerDay: number | null;
	repliesInFlight: number | null;
}

/** Where Slack cuts a message (`chat.postMessage`, “Truncating content”). With a usual context the model reads less, and says so itself. */
const messageCharacters = 40_000;

/** What people know from e-mail: Gmail takes 25 MB (Gmail Help, “Send attachments with your Gmail message”). */
const uploadBytes = 25 * 1_024 * 1_024;

/** About one in ten minutes of a working day: more is a folder, and somebody else should put that in. */
const uploadsPerDay = 50;

/**
 * The same for everyone, and for administrators no limits by the day: they must be able to look after the bot when they have used it all day.
 * What protects the program from one person, the rate and the sizes, holds for administrators too.
 */
export function createStandardLimits(standard: StandardLimits): (role: UserRole) => AllLimits {
	const everyone: AllLimits = { ...standard, messageCharacters, uploadBytes, uploadsPerDay, models: null, tools: null };
	const administrators: AllLimits = { ...everyone, tokensPerDay: null, uploadsPerDay: null };
	return (role) => (role === 'ccb_admin' ? administrators : everyone);
}
