/** Which version of the program this is. */

import packageFile from '../package.json' with { type: 'json' };

/** As three numbers with points between them. */
export const programVersion: string = packageFile.version;
