/** The words of the rooms of administrators, in the language of the page. */

import { usePage } from '../parts/page-context.ts';
import { type AdminWords, adminEnglish } from './english.ts';
import { adminSpanish } from './spanish.ts';

export function useAdminWords(): AdminWords {
	return usePage().language === 'es' ? adminSpanish : adminEnglish;
}
