/** Whose page it is. */

import iconAddress from '../icon.svg';
import { usePage } from './page-context.ts';

export function Brand() {
	const { words } = usePage();
	return (
		<p class="brand">
			<img src={iconAddress} alt="" width="26" height="26" />
			{words.product}
		</p>
	);
}
