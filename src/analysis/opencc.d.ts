/** Pairs of a character or phrase and what it becomes, apart by spaces; pairs apart by bars. */
declare module "opencc-js/dict/TSCharacters" {
  const pairs: string;
  export default pairs;
}
declare module "opencc-js/dict/TSPhrases" {
  const pairs: string;
  export default pairs;
}
