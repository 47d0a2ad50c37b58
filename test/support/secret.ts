/** For tests alone, and visibly so. */
export const secret = 'a-test-secret-of-more-than-32-bytes!';
