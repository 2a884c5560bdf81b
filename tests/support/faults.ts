/** The numbers of the faulty Worker's encoders. */
export const THROWS = 1001;
export const DIES = 1002;
export const DIES_ONCE = 1003;
export const WORKS = 1004;
