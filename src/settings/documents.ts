/** The settings of documents: where their bytes lie, and how to get into buckets. */

import { z } from 'zod';
import type { FileSettings } from '../knowledge/files/open-file-store.ts';
import { parseBucketPlace } from '../knowledge/files/s3/address.ts';
import { onUnlessOff, url } from './setting-types.ts';
import { defineSettings } from './slice.ts';

const bucketPlace = z.string().transform((text, context) => {
	const place = parseBucketPlace(text);
	if (place !== null) return place;
	context.addIssue({ code: 'custom', message: 'must be a bucket like s3://bucket/prefix' });
	return z.NEVER;
});

export const documentsSettings = defineSettings({
	variables: {
		KNOWLEDGE_STORAGE: bucketPlace
			.optional()
			.describe('Bucket for documents, as s3://bucket/prefix; without it the folder documents in OPENCCB_DATA'),
		KNOWLEDGE_S3_ENDPOINT: url(['http:', 'https:'], 'https://s3.example.com')
			.transform((value) => value.replace(/\/+$/, ''))
			.optional()
			.describe('Address of the service that buckets are in; without it Amazon’s own, in the region'),
		KNOWLEDGE_S3_REGION: z
			.string()
			.regex(/^[a-z0-9-]+$/, 'must be a region such as eu-central-1')
			.default('us-east-1')
			.describe('Region of the buckets; most services other than Amazon’s take any'),
		KNOWLEDGE_S3_KEY: z.string().min(1).optional().describe('Access key id for buckets'),
		KNOWLEDGE_S3_SECRET: z.string().min(1).optional().describe('Secret access key for buckets'),
		KNOWLEDGE_S3_PATH_STYLE: onUnlessOff.describe(
			'Whether a bucket stands in the path of an address (on) or before its host (off), as some services want it',
		),
	},
	secrets: ['KNOWLEDGE_S3_KEY', 'KNOWLEDGE_S3_SECRET'],
	group: (values): FileSettings => ({
		bucket: values.KNOWLEDGE_STORAGE ?? null,
		access:
			values.KNOWLEDGE_S3_KEY === undefined || values.KNOWLEDGE_S3_SECRET === undefined
				? null
				: {
						endpoint: values.KNOWLEDGE_S3_ENDPOINT ?? `https://s3.${values.KNOWLEDGE_S3_REGION}.amazonaws.com`,
						region: values.KNOWLEDGE_S3_REGION,
						keyId: values.KNOWLEDGE_S3_KEY,
						secret: values.KNOWLEDGE_S3_SECRET,
						pathStyle: values.KNOWLEDGE_S3_PATH_STYLE,
					},
	}),
	contradictions({ KNOWLEDGE_STORAGE, KNOWLEDGE_S3_KEY, KNOWLEDGE_S3_SECRET }) {
		const hasKey = KNOWLEDGE_S3_KEY !== undefined;
		const hasSecret = KNOWLEDGE_S3_SECRET !== undefined;
		return [
			...(KNOWLEDGE_STORAGE !== undefined && !hasKey ? ['KNOWLEDGE_STORAGE needs KNOWLEDGE_S3_KEY beside it'] : []),
			...(hasKey && !hasSecret ? ['KNOWLEDGE_S3_KEY needs KNOWLEDGE_S3_SECRET beside it'] : []),
			...(hasSecret && !hasKey ? ['KNOWLEDGE_S3_SECRET needs KNOWLEDGE_S3_KEY beside it'] : []),
		];
	},
});
