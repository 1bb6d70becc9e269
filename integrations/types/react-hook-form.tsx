// react-hook-form with @hookform/resolvers: nested errors, field arrays and registered names, without a cast.
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { cycleCreate, programmeCreate, resultsBulkUpdate, type CycleCreate, type CycleCreateInput, type ProgrammeCreateInput, type ResultsBulkUpdateInput } from "portform";
import { useFieldArray, useForm, type SubmitHandler } from "react-hook-form";

export function Cycle() {
  const { register, handleSubmit, formState: { errors }, setValue } = useForm({ resolver: standardSchemaResolver(cycleCreate), defaultValues: { address: { city: "" } } });
  const send: SubmitHandler<CycleCreate> = (body) => console.log(body.programme.toUpperCase(), body.price);
  setValue("price", "12 000,50");
  setValue("address.city", null);
  return (
    <form onSubmit={handleSubmit(send)}>
      <input {...register("price")} aria-invalid={errors.price !== undefined} />
      <input {...register("address.city")} />
      <p>{errors.address?.city?.message}{errors.price?.message}{errors.root?.message}</p>
    </form>
  );
}

export function Programme() {
  const { control, register, formState: { errors } } = useForm<ProgrammeCreateInput>({ resolver: standardSchemaResolver(programmeCreate.with({ locale: "en" })) });
  const { fields, append, move, remove } = useFieldArray({ control, name: "prices" });
  const nested = useFieldArray({ control, name: "specialities.0.programmes" });
  return (
    <>
      {fields.map((field, i) => (
        <p key={field.id}>
          <input {...register(`prices.${i}.price`)} defaultValue={field.price ?? ""} />
          {errors.prices?.[i]?.price?.message}
        </p>
      ))}
      <button onClick={() => append({ price: "1", comment: null })}>{nested.fields.map(({ partitions }) => partitions?.[0]?.id)}</button>
      <button onClick={() => (move(0, 1), remove(0))}>{errors.network?.organizations?.[0]?.message}</button>
    </>
  );
}

const draft: CycleCreateInput = { price: 5 };
export const typed = (): ReturnType<typeof useForm<CycleCreateInput, unknown, CycleCreate>> => useForm<CycleCreateInput, unknown, CycleCreate>({ resolver: standardSchemaResolver(cycleCreate), defaultValues: draft });

export function Mistakes() {
  const { register } = useForm<ResultsBulkUpdateInput>({ resolver: standardSchemaResolver(resultsBulkUpdate) });
  // @ts-expect-error there is no such field
  register("results.0.requestNumber");
  return null;
}
