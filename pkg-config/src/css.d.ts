// A style sheet comes as its text: the build reads it, minified.
declare module "*.css" {
  const text: string;
  export default text;
}
